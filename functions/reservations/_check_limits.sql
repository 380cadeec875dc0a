-- _check_limits: whether a member may have so many more units of a stock row, held or waited for.
--
-- Raises  the first of _limit_refusals: RS501 (reserving) or RS503 (waiting), RS504
-- Notes   the caller holds the member's turn and the stock row
create or replace function apartado._check_limits(
  p_stock     apartado.stock,
  p_member_id bigint,
  p_class_id  bigint,
  p_more      integer,
  p_code      text,
  p_now       timestamptz
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse(r.code, r.parameter, r.facts)
     from apartado._limit_refusals(p_stock, p_member_id, p_class_id, p_more, p_code, p_now) r;
end;
$$;

comment on function apartado._check_limits(apartado.stock, bigint, bigint, integer, text, timestamptz) is 'Whether a member may have so many more units of a stock row, held or waited for.';
