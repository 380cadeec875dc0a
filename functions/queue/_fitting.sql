-- _fitting: who is served of a queue under the policy fit: whoever wants no more than is left, also past those who want more.
--
-- Gives   entries in the order in which they are served; p_newcomer as in _next_in_line
-- Notes   an entry may be passed passed_limit times; then nobody behind it is served before it, unless it wants more units than
--         there are, held ones included: waiting for it would be in vain. It was passed by every entry behind it that was
--         served since its waiting_since. Of two skipped entries the front one was passed at least as often, unless its
--         waiting_since is later (it was suspended, or missed an offer): so passes are counted only for an entry that waits
--         longer than all skipped before it.
create or replace function apartado._fitting(
  p_stock    apartado.stock,
  p_units    integer,
  p_now      timestamptz,
  p_limit    integer,
  p_newcomer integer
)
  returns table (
    queue_entry_id bigint,
    member_id      bigint,
    units          integer,
    ordinal        bigint
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_left      integer := p_units;
  v_may_pass  bigint;       -- how many may still be served past those that were skipped; null: nobody was skipped
  v_longest   timestamptz := 'infinity';
  v_back      boolean := p_stock.missed = 'back' and p_stock.next_due_at <= p_now;
  v_line      refcursor;
  v_entry     record;
begin
  ordinal := 0;
  -- nobody wants so few units: no need to walk the queue
  if not v_back and coalesce(p_newcomer > p_units, true) and not exists (
    select
      from apartado.servable_entries q
     where q.stock_id = p_stock.stock_id
       and (q.needed_until is null or q.needed_until > p_now)
       and q.quantity <= p_units
  ) then
    return;
  end if;

  -- a cursor, because cursors are planned for their first rows: an index scan in order instead of a sort of the whole queue
  if v_back then
    open v_line for
      select q.queue_entry_id, q.member_id, q.quantity, q.priority, q.rank, q.waiting_since
        from apartado.servable_entries q
       where q.stock_id = p_stock.stock_id
         and (q.needed_until is null or q.needed_until > p_now)
       union all
      select b.queue_entry_id, b.member_id, b.quantity, b.priority, b.rank, p_now
        from apartado._coming_back(p_stock, p_now) b
       order by priority desc, rank;
  else
    open v_line for
      select q.queue_entry_id, q.member_id, q.quantity, q.priority, q.rank, q.waiting_since
        from apartado.servable_entries q
       where q.stock_id = p_stock.stock_id
         and (q.needed_until is null or q.needed_until > p_now)
       order by q.priority desc, q.rank;
  end if;

  loop
    exit when v_left = 0 or v_may_pass <= 0 or ordinal = p_limit;
    fetch v_line into v_entry;
    if not found then
      -- the newcomer stands behind everybody
      if p_newcomer <= v_left then
        queue_entry_id := null;
        member_id := null;
        units := p_newcomer;
        ordinal := ordinal + 1;
        return next;
      end if;
      exit;
    end if;
    if v_entry.quantity <= v_left then
      v_left := v_left - v_entry.quantity;
      v_may_pass := v_may_pass - 1;
      queue_entry_id := v_entry.queue_entry_id;
      member_id := v_entry.member_id;
      units := v_entry.quantity;
      ordinal := ordinal + 1;
      return next;
    elsif v_entry.waiting_since < v_longest and v_entry.quantity <= p_stock.available + p_stock.reserved then
      v_longest := v_entry.waiting_since;
      v_may_pass := least(v_may_pass, p_stock.passed_limit
                                      - apartado._passed(p_stock.stock_id, v_entry.priority, v_entry.rank, v_entry.waiting_since));
    end if;
  end loop;
  close v_line;
end;
$$;

comment on function apartado._fitting(apartado.stock, integer, timestamptz, integer, integer) is 'Who is served of a queue under the policy fit: whoever wants no more than is left, also past those who want more.';
