-- _check_wishes: a wish over several items is served once, and over when it was.
--
-- Gives   a row for each breach, as check_consistency
create or replace function apartado._check_wishes()
  returns table (
    rule     text,
    subject  text,
    found    text,
    expected text,
    repair   text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  with served as (
    select q.wish_id, count(*) as times, max(coalesce(q.closed_at, q.served_at)) as served_at
      from apartado.queue_entries q
     where q.wish_id is not null
       and q.status in ('promoted', 'offered')
     group by q.wish_id
  )
  select 'a wish is served once', 'wish ' || s.wish_id, s.times || ' times', 'once',
         'look at its entries in apartado.queue_entries, and revoke what is too much'
    from served s
   where s.times > 1
   union all
  select 'a wish that was served is over', 'wish ' || s.wish_id, 'open', 'closed',
         format('update apartado.wishes set closed_at = %L where wish_id = %s', s.served_at, s.wish_id)
    from served s
    join apartado.wishes w on w.wish_id = s.wish_id
   where w.closed_at is null;
$$;

comment on function apartado._check_wishes() is 'A wish over several items is served once, and over when it was.';
