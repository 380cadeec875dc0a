-- _yielding: units of a stock row whose holders let them go as soon as somebody wants them.
--
-- Gives   a count, without those of the member who asks (null: of everybody)
create or replace function apartado._yielding(p_stock_id bigint, p_member_id bigint, p_now timestamptz)
  returns integer
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(sum(r.quantity), 0)
      from apartado.reservations r
     where r.stock_id = p_stock_id
       and r.status = 'active'
       and r.yields
       and r.expires_at > p_now
       and r.member_id is distinct from p_member_id
  );
end;
$$;

comment on function apartado._yielding(bigint, bigint, timestamptz) is 'Units of a stock row whose holders let them go as soon as somebody wants them.';
