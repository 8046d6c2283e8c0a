"""Findings for the tools of others: BCF for who drew the design."""
