drop table if exists apartado.event_cursor;
drop table if exists apartado.events;
