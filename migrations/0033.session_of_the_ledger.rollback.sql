alter table apartado.events
  alter column session_id set default nullif(current_setting('apartado.session', true), '')::bigint;
