select plan(8);
-- two take turns at one place, so that the room between their neighbours is halved again and again
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(0, 6)) a;
select tests.item('disc');
update apartado.policies set promotion = 'offer', offer_window = '2 hours', missed = 'keep';
select tests.held('disc', 'm00'), tests.waiting('disc', variadic tests.aliases(1, 6));
select from apartado.cancel_reservation('m00', tests.reservation('m00', 'disc'));
create temporary table moves (n integer, alias text, digits integer, line text);
create function tests.move(p_n integer) returns void language plpgsql as $$
declare
  v_alias text := case when p_n % 2 = 0 then 'm05' else 'm04' end;
begin
  perform from apartado.queue_entries q join apartado.members m using (member_id), apartado.move_entry(null, q.queue_entry_id, 2, 'turn ' || p_n) where m.alias = v_alias;
  insert into moves select p_n, v_alias, (select max(length(rank::text)) from apartado.queue_entries), (select string_agg(l.alias, ' ' order by "position") from apartado.list_queue(null, apartado.item_id('disc')) l where status <> 'offered');
end;
$$;
select tests.move(n) from generate_series(1, 200) n;
select cmp_ok(max(digits), '<=', 21, 'no rank grows beyond twenty digits') from moves;
select is(count(*) filter (where line <> case when n % 2 = 0 then 'm02 m05 m04 m03 m06' else 'm02 m04 m05 m03 m06' end and n > 1), 0::bigint, 'the order is right after every move') from moves;
select is((select count(*) from apartado.events where kind = 'queue.moved'), 200::bigint, 'each move is told once, and the spreading never');
select cmp_ok((select next_ticket from apartado.stock), '>', 8::bigint, 'ranks were spread');
select is((select string_agg(alias || ' ' || status, ', ') from apartado.list_queue(null, apartado.item_id('disc')) where alias = 'm01'), 'm01 offered', 'an offer stays open meanwhile');
select tests.advance('2 hours');
select from apartado.expire_and_promote();
select is((select string_agg(alias, ' ' order by "position") from apartado.list_queue(null, apartado.item_id('disc')) where status <> 'offered'), 'm01 m05 m04 m03 m06', 'who missed it kept the place at the front, and the next is asked');
select lives_ok($$select * from apartado.join_queue('m00', apartado.item_id('disc'))$$, 'a newcomer finds a place');
select tests.commits();
