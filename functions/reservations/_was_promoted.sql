-- _was_promoted: whether a settling at this moment gave a member a reservation of a stock row.
--
-- Gives   true for a reservation that came from the queue and began at p_now
create or replace function apartado._was_promoted(p_stock_id bigint, p_member_id bigint, p_now timestamptz)
  returns boolean
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select
      from apartado.reservations r
     where r.stock_id = p_stock_id
       and r.member_id = p_member_id
       and r.status = 'active'
       and r.queue_entry_id is not null
       and r.reserved_at = p_now);
end;
$$;

comment on function apartado._was_promoted(bigint, bigint, timestamptz) is 'Whether a settling at this moment gave a member a reservation of a stock row.';
