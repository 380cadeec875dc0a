-- announce_expiring: tell holders that their deadline is near, once for each deadline.
--
-- Gives   how many were told
-- Raises  RS204 p_limit outside 1 .. 100000 · RS601, RS602 called by a person who is no operator
-- Locks   the stock rows by id, skipping those that are busy: the next run tells them
-- Tells   reservation.expiring, through triggers/reservations.sql, to the holder and to operators
-- Notes   near is the policy's expiring_soon, and at most a quarter of the hold: the last 15 seconds of a minute. A deadline that
--         moves is told again. Uses the index of deadlines, because one of its own would have to be written by every
--         reservation: for each distance that policies set it reads what came that near since the last run, or in the last
--         quarter of an hour if that is longer. What this misses (a shorter hold, more than p_limit at once) is told a quarter
--         of an hour before the end. Bumps the version, because clients ignore an event whose version they know
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
       -- with LIMIT inside, each window is an ordered index scan; one join for all windows would read every reservation
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
       and r.expires_at = n.expires_at -- unless it was moved meanwhile
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
