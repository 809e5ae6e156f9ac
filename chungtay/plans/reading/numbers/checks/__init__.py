"""What the numbers and words of a plan say against each other, each defect a finding."""
