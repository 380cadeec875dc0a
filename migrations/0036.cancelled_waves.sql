-- depends: 0035.sharper_indexes
-- A wave that was planned by mistake could not be taken back, and kept its item in its drop until it came. One that is cancelled
-- never comes: nothing that looks for what is still to come has to know of another state.

drop trigger if exists _510_record_release on apartado.waves;
comment on table apartado.waves is 'Units that come to a stock row at a set time. From due_at on they are there, for every read and write; released_at says when they were counted in (infinity: never, the wave was cancelled).';
