"""Curated content (YAML files beside this module), its closed schema, reader and checks."""
