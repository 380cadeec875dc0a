-- _position: how many wait up to and including a ticket.
--
-- Gives   1 for the head; entries that are not needed any more do not count
create or replace function apartado._position(p_stock_id bigint, p_ticket bigint, p_now timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select count(*)
      from apartado.queue_entries q
     where q.stock_id = p_stock_id
       and q.status = 'waiting'
       and q.ticket <= p_ticket
       and (q.needed_until is null or q.needed_until > p_now)
  );
end;
$$;

comment on function apartado._position(bigint, bigint, timestamptz) is 'How many wait up to and including a ticket.';
