"""The register: households, people, dated facts, status spells."""
