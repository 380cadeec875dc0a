-- announce_expiring: tell holders that their deadline is near, once for each deadline.
--
-- Gives   how many were told
-- Raises  RS204 p_limit outside 1 .. 100000 · RS601, RS602 called by a person who is no operator
-- Locks   the stock rows by id, skipping those that are busy: the next run tells them
-- Tells   reservation.expiring, through triggers/reservations.sql, to the holder and to operators
-- Notes   near is expiring_soon of the policies, and at most a quarter of the time that there was: of a hold of a minute the
--         last 15 seconds. Whose deadline moves is told again. Found by the index of deadlines, which is there anyway (one of
--         its own would be one more for each reservation to write), where the policies put the moment: what came due since
--         the last run, and at least in the last quarter of an hour. Whoever comes due elsewhere (a shorter hold, more at once
--         than p_limit) is told a quarter of an hour before the end. Bumped, because nobody who knows the version knows this yet
create or replace function apartado.announce_expiring(p_limit integer default 500, out told bigint)
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c_reach     constant interval := interval '15 minutes';
  v_now       timestamptz := apartado.clock();
  v_since     timestamptz := (select least(j.last_run_at, v_now - c_reach) from apartado.jobs j where j.job = 'announce_expiring');
  v_near      bigint[];
  v_deadlines timestamptz[];
  v_stock_ids bigint[];
begin
  perform apartado._require_operator_or_role();
  perform apartado._check_limit(p_limit, 100000);

  select array_agg(f.reservation_id), array_agg(f.expires_at)
    into v_near, v_deadlines
    from (
      select d.reservation_id, d.expires_at
        from (select v.before
                from apartado.policies p
               cross join lateral (values (p.expiring_soon), (p.hold / 4), (p.payment_window / 4)) v (before)
               union
              select c_reach) n
       -- the limit inside has each window read in the order of the index; a join of all would read every reservation
       cross join lateral (
         select r.reservation_id, r.expires_at
           from apartado.reservations r
           join apartado.stock s on s.stock_id = r.stock_id
           join apartado.members m on m.member_id = r.member_id
           left join apartado.member_classes k on k.class_id = m.class_id
           left join apartado.policies c on c.policy_id = k.policy_id and c.name <> 'default'
          where r.status = 'active'
            and r.expires_at > greatest(v_now, v_since + n.before)
            and r.expires_at <= v_now + n.before
            and r.warned_of is distinct from r.expires_at
            and r.expires_at - v_now <= least(coalesce(c.expiring_soon, s.expiring_soon),
                                              (r.expires_at - coalesce(r.payment_began_at, r.reserved_at)) / 4)
          order by r.expires_at
          limit p_limit) d
       group by d.reservation_id, d.expires_at
       order by d.expires_at
       limit p_limit) f;
  v_stock_ids := array(
    select s.stock_id
      from apartado.stock s
     where s.stock_id in (select r.stock_id from apartado.reservations r where r.reservation_id = any (v_near))
     order by s.stock_id
       for no key update skip locked);
  v_now := apartado.clock();

  with warned as (
    update apartado.reservations r
       set warned_of = r.expires_at
      from unnest(v_near, v_deadlines) n (reservation_id, expires_at)
     where r.reservation_id = n.reservation_id
       and r.expires_at = n.expires_at -- or it moved meanwhile, and may be far
       and r.stock_id = any (v_stock_ids)
       and r.status = 'active'
       and r.expires_at > v_now
    returning r.stock_id
  ), counted as (
    select w.stock_id, count(*) as holders
      from warned w
     group by w.stock_id
  ), bumped as (
    update apartado.stock s
       set version = s.version + 1
      from counted c
     where s.stock_id = c.stock_id
    returning c.holders
  )
  select coalesce(sum(b.holders), 0)
    into told
    from bumped b;
end;
$$;

comment on function apartado.announce_expiring(integer) is 'Tell holders that their deadline is near, once for each deadline. A job calls it. Example: select * from apartado.announce_expiring()';

grant execute on function apartado.announce_expiring to apartado_operator, apartado_jobs;
