"""What one act is: a right asked, one transaction, an idempotency key, one journal line."""
