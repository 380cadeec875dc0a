-- _entry_as_settled: what an open queue entry is at a moment, whether or not anybody has closed what is past its time.
--
-- Gives   its status and rank then; null: it is there no more
-- Notes   before anybody is served: who will be promoted still waits. The same as _close_due does
create or replace function apartado._entry_as_settled(
  p_stock apartado.stock,
  p_entry apartado.queue_entries,
  p_now   timestamptz,
  out status text,
  out rank   numeric
)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  status := p_entry.status;
  rank := p_entry.rank;
  if p_entry.status = 'offered' then
    if p_entry.offered_until > p_now then
      return;
    elsif p_stock.missed = 'drop' or p_entry.needed_until <= p_now then
      status := null;
    elsif p_stock.missed = 'keep' then
      status := 'suspended';
    else
      status := 'waiting';
      rank := (select coalesce(max(b.rank), p_stock.next_ticket)
                 from apartado._coming_back(p_stock, p_now) b
                where b.queue_entry_id = p_entry.queue_entry_id);
    end if;
  elsif p_entry.needed_until <= p_now
        or exists (select from apartado.wishes w where w.wish_id = p_entry.wish_id and w.closed_at is not null) then
    status := null;
  end if;
end;
$$;

comment on function apartado._entry_as_settled(apartado.stock, apartado.queue_entries, timestamptz) is 'What an open queue entry is at a moment, whether or not anybody has closed what is past its time.';
