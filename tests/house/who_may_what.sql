-- The scene of test_who_may_what.py: Ana has something of everything, Ben has nothing, Cai gave way, Olga is an operator.

insert into apartado.members (alias, secret_hash, is_operator, created_at)
select a, sha256('x'), a = 'olga', apartado.clock() from unnest('{ana,ben,cai,olga}'::text[]) a;
insert into apartado.sessions (member_id, token_hash, language, created_at, last_seen_at, expires_at)
select m.member_id, apartado._hash(m.alias), 'en', apartado.clock(), apartado.clock(), apartado.clock() + interval '1 hour'
  from apartado.members m;
insert into apartado.locations (code, name) values ('till', 'The till');
select * from apartado.put_items(null, '[
  {"sku": "free", "title": "Free"}, {"sku": "paid", "title": "Paid"}, {"sku": "held", "title": "Held"}, {"sku": "wanted", "title": "Wanted"},
  {"sku": "offered", "title": "Offered"}, {"sku": "sold", "title": "Sold", "quantity": 2}, {"sku": "zine", "title": "Zine"}]');
select * from apartado.set_policy(null, 'offering', '{"promotion": "offer"}', p_item => apartado.item_id('offered'));
select * from apartado.set_policy(null, 'vip', '{}', p_class => 'vip', p_reason => 'why');
select * from apartado.create_drop(null, 'Soon', array[apartado.item_id('sold')], apartado.clock() - interval '1 hour',
                                   apartado.clock() + interval '1 day');
select w.* from apartado.drops d cross join lateral apartado.add_wave(null, d.drop_id, apartado.item_id('sold'), 1, apartado.clock() + interval '1 hour') w;
select * from apartado.reserve('ana', apartado.item_id('held'));
select * from apartado.reserve('cai', apartado.item_id('wanted'));
select * from apartado.join_queue('ana', apartado.item_id('wanted'));
select * from apartado.reserve('cai', apartado.item_id('offered'));
select * from apartado.join_queue('ana', apartado.item_id('offered'));
select * from apartado.cancel_reservation('cai', (
  select r.reservation_id from apartado.list_reservations('cai') r where r.item_id = apartado.item_id('offered')));
select * from apartado.mark_sold(null, apartado.item_id('sold'), p_buyer => 'ana');
select * from apartado.add_to_cart('ana', apartado.item_id('free'));
select * from apartado.place_order('ana', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('paid'))));
select * from apartado.create_drop(null, 'Lots', array[apartado.item_id('zine')], apartado.clock() + interval '1 hour', p_lottery => true);
select * from apartado.join_queue('cai', apartado.item_id('zine'));
update apartado.drops set opens_at = apartado.clock() - interval '1 minute' where title = 'Lots';
begin; select * from apartado.draw_lotteries(); commit; -- closed
begin; select * from apartado.draw_lotteries(); commit; -- and drawn
select * from apartado.create_webhook(null, 'https://shop.example/apartado', '{purchase.created}');
select * from apartado.put_media(null, 'dam-1', 'https://dam.example/free.jpg', 'image/jpeg', 'The sleeve', 'olga');
select l.* from apartado.media m cross join lateral apartado.link_media(null, m.media_id, 'cover', p_item => apartado.item_id('free')) l;
select * from apartado.put_page(null, 'about', 'legal', 'About us', p_cms_id => 'cms-1', p_sections => '[{"slug": "hours", "type": "text", "cms_id": "cms-2"}]');
select * from apartado.link_identity('cai', 'https://login.example', 'cai@login');
