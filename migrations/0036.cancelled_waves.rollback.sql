drop trigger if exists _510_record_end on apartado.waves;
comment on table apartado.waves is 'Units that come to a stock row at a set time. From due_at on they are there, for every read and write; released_at says when they were counted in.';
