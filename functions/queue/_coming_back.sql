-- _coming_back: who will stand behind all of their priority in a queue, because they missed an offer that nobody has closed yet.
--
-- Gives   their entries, with the ranks that _close_due will give them; under the policy back only
create or replace function apartado._coming_back(p_stock apartado.stock, p_now timestamptz)
  returns table (
    queue_entry_id bigint,
    member_id      bigint,
    quantity       integer,
    priority       integer,
    rank           numeric
  )
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select o.queue_entry_id, o.member_id, o.quantity, o.priority, (p_stock.next_ticket + o.ordinal - 1)::numeric
    from (select x.*, row_number() over (order by x.offered_until, x.rank) as ordinal
            from apartado.queue_entries x
           where x.stock_id = p_stock.stock_id
             and x.status = 'offered'
             and x.offered_until <= p_now) o
    join apartado.members m on m.member_id = o.member_id
   where p_stock.missed = 'back'
     and (o.needed_until is null or o.needed_until > p_now)
     and m.barred_at is null;
end;
$$;

comment on function apartado._coming_back(apartado.stock, timestamptz) is 'Who will stand behind all of their priority in a queue, because they missed an offer that nobody has closed yet.';
