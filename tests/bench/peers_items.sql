-- The items of the yardstick, and members with a session each: :members of them. Run once.
alter sequence apartado.items_item_id_seq restart 1;
select count(*) from apartado.put_items(null, (select jsonb_agg(jsonb_build_object('sku', 'many-' || n, 'title', 'Many', 'price', '20.00',
  'quantity', 1000000) order by n) from generate_series(1, 1000) n));
alter sequence apartado.items_item_id_seq restart 2001;
select count(*) from apartado.put_items(null, (select jsonb_agg(jsonb_build_object('sku', 'one-' || n, 'title', 'One', 'price', '20.00',
  'quantity', 1) order by n) from generate_series(1, 20) n));
alter sequence apartado.items_item_id_seq restart 3001;
select count(*) from apartado.put_items(null, (select jsonb_agg(jsonb_build_object('sku', 'fifty-' || n, 'title', 'Fifty', 'price', '20.00',
  'quantity', 50) order by n) from generate_series(1, 20) n));
insert into apartado.members (alias, secret_hash, created_at)
select 'b' || n, sha256(''), clock_timestamp() from generate_series(1, :members) n;
insert into apartado.sessions (member_id, token_hash, language, created_at, last_seen_at, expires_at)
select m.member_id, sha256(convert_to(lpad(substr(m.alias, 2), 64, '0'), 'UTF8')), 'en', clock_timestamp(), clock_timestamp(),
       clock_timestamp() + interval '700 hours'
  from apartado.members m;
vacuum analyze;
