-- _held_at: who held units of a stock row at a past moment, as the ledger told it by then.
--
-- Gives   a row for each reservation that was open: whose it was, how many units, until when
-- Notes   each reservation is what the last of its events up to then says
create or replace function apartado._held_at(p_stock_id bigint, p_at timestamptz)
  returns table (
    reservation_id bigint,
    member_id      bigint,
    quantity       integer,
    expires_at     text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select t.reservation_id, t.member_id, t.quantity, t.expires_at
    from (select distinct on (e.data ->> 'reservation_id')
                 (e.data ->> 'reservation_id')::bigint as reservation_id, e.member_id, (e.data ->> 'quantity')::integer as quantity,
                 e.data ->> 'expires_at' as expires_at, e.kind
            from apartado.events e
           where e.stock_id = p_stock_id
             and e.at <= p_at
             and e.kind like 'reservation.%'
           order by e.data ->> 'reservation_id', e.event_id desc) t
   where t.kind in ('reservation.created', 'reservation.extended', 'reservation.changed', 'reservation.expiring');
end;
$$;

comment on function apartado._held_at(bigint, timestamptz) is 'Who held units of a stock row at a past moment, as the ledger told it by then.';
