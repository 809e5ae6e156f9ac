"""Reading a plan that exists: text in, dataclasses out. Rules, no model, no database."""
