-- _check_mode: whether it was said what shall become of the other lines when one is refused.
--
-- Raises  RS205 it is none of the modes
create or replace function apartado._check_mode(p_mode text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_mode is null or p_mode not in ('all_or_nothing', 'best_effort', 'reserve_or_queue') then
    perform apartado._refuse('RS205', 'mode', jsonb_build_object('expected', 'all_or_nothing, best_effort, reserve_or_queue'));
  end if;
end;
$$;

comment on function apartado._check_mode(text) is 'Whether it was said what shall become of the other lines when one is refused.';
