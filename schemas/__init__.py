"""What a form, a unit, a period and an issue mean. Pure: reads its own data files and nothing else."""
