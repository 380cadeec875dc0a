-- _check_open: whether a member may reserve or wait for a stock row's item at all.
--
-- Raises  the first of _open_refusals: RS101, RS309, RS307, RS308
create or replace function apartado._check_open(p_stock apartado.stock, p_member_id bigint, p_waiting boolean, p_now timestamptz)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse(r.code, r.parameter, r.facts)
     from apartado._open_refusals(p_stock, p_member_id, p_waiting, p_now) r;
end;
$$;

comment on function apartado._check_open(apartado.stock, bigint, boolean, timestamptz) is 'Whether a member may reserve or wait for a stock row''s item at all.';
