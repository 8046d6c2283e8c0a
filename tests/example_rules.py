"""The outline of a rule file as the specification gives it (docs/measuring.md H)."""

SECTION_H = """
ruleset: {id: gm0344-basis, version: 3, valid_from: 2026-07-01, valid_to: null, author: , language: nl}
parameters:
  peil: {method: road_at_main_entrance, source: "art. 1.55", default_status: suggested}
  tolerance: {height_m: 0.0, distance_m: 0.0}
rules:
- id: max_building_height
  check: max_building_height
  title: {nl: Maximale bouwhoogte hoofdgebouw, en: Maximum building height}
  legal:
    - {instrument: omgevingsplan, work_id: NL.IMRO.0344.BPX-VA01, article: 5.2.2 a, url: , quote: "...", version_date: , bwb_id: }
  applies_when:
    location: {layer: maatvoering, where: {waardeType: "maximum bouwhoogte (m)"}}
    object: {kind: hoofdgebouw, classes_not: [chimney, antenna]}
    not: [{status: monument}]
  measure: {quantity: height, from: peil, to: highest_point, aggregate: max, clip_to: zone, method: wijze_van_meten_2.1}
  limit: {op: "<=", value: {from: zone.waarde}, unit: m}
  exceptions:
    - {id: minor_parts, classes: [chimney, antenna], max_extra_m: null, decision: auto}
    - {id: plant_room, classes: [installation], decision: officer, question: "Ondergeschikt bouwdeel?"}
    - {id: afwijking_10pct, effect: "limit*1.10", decision: officer, legal: {article: 30.1}}
  uncertainty: {boundary_m: 0.2, level_m: 0.1}
  verdict: {in_band: needs_judgement, missing: not_assessable}
  evidence: [limit_surface, exceeding_part, highest_point, value_table]
  priority: 10
  tests:
    - {given: {peil: 0, ridge: 10.95, max: 11}, expect: complies}
    - {given: {peil: 0, ridge: 11.20, max: 11}, expect: violates, margin: -0.20}
"""
