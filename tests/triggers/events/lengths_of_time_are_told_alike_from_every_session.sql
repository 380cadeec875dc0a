-- Mutant: tg_policies__record, or tg_settings__record, without its intervalstyle.
select plan(4);

create function tests.lengths_told(p_style text) returns text language plpgsql as $$
declare
  v_last bigint := (select coalesce(max(e.event_id), 0) from apartado.events e);
begin
  perform set_config('intervalstyle', p_style, true);
  update apartado.policies set hold = '336 hours';
  update apartado.settings set retention = '1440 hours';
  update apartado.policies set hold = '168 hours';
  update apartado.settings set retention = '9600 hours';
  return (select string_agg(coalesce(e.details ->> 'hold', e.details ->> 'retention'), ' ' order by e.event_id) from apartado.events e where e.event_id > v_last);
end;
$$;

select is(tests.lengths_told(s.style), '["168:00:00", "336:00:00"] 1440:00:00 ["336:00:00", "168:00:00"] 9600:00:00', s.style)
  from unnest('{postgres,sql_standard,iso_8601,postgres_verbose}'::text[]) s (style);
