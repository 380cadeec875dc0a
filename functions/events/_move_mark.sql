-- _move_mark: writes down how far the numbering has come.
--
-- Notes   p_all_done: everything up to mark_id is numbered or was rolled back, so it becomes low_id and a new mark is set
--         at p_newest_id (null: this transaction may set none).
--         After a restore into another cluster the mark's transaction id may lie in the future: such a mark is replaced.
create or replace function apartado._move_mark(
  p_cursor    apartado.event_cursor,
  p_numbered  integer,
  p_all_done  boolean,
  p_newest_id bigint
)
  returns void
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_low_id   bigint := case when p_all_done then p_cursor.mark_id else p_cursor.low_id end;
  v_new_mark boolean := p_newest_id is not null and (p_all_done or p_cursor.mark_xid > pg_current_xact_id());
begin
  update apartado.event_cursor c
     set last_pos = p_cursor.last_pos + p_numbered,
         low_id   = v_low_id,
         mark_id  = case when v_new_mark then greatest(p_newest_id, v_low_id) else c.mark_id end,
         mark_xid = case when v_new_mark then pg_current_xact_id() else c.mark_xid end;
end;
$$;

comment on function apartado._move_mark(apartado.event_cursor, integer, boolean, bigint) is 'Writes down how far the numbering has come.';
