-- _check_reason: whether an operator said why.
--
-- Raises  RS205 not said, blank, or longer than 500 characters
create or replace function apartado._check_reason(p_reason text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if btrim(coalesce(p_reason, '')) = '' or length(p_reason) > 500 then
    perform apartado._refuse('RS205', 'reason', jsonb_strip_nulls(jsonb_build_object(
      'shortest', 1, 'longest', 500, 'given', case when p_reason is null then 'nothing' end)));
  end if;
end;
$$;

comment on function apartado._check_reason(text) is 'Whether an operator said why.';
