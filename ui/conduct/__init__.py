"""What happens when: each file leads one part of the work between the window, the session and the map."""
