-- The space of dead rows is given back, and the statistics are renewed.
VACUUM (ANALYZE)
