-- _serve_where_waiting: serves people who came to be next in line because a member is skipped now, or is not any more.
--
-- Gives   how many were served
-- Locks   what _serve_unserved locks
create or replace function apartado._serve_where_waiting(p_member_id bigint)
  returns integer
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  return apartado._serve_unserved(array(
    select q.stock_id
      from apartado.queue_entries q
     where q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended')));
end;
$$;

comment on function apartado._serve_where_waiting(bigint) is 'Serves people who came to be next in line because a member is skipped now, or is not any more.';
