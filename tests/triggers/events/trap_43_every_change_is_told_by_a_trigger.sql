select plan(36);
select is_empty($$
  select p.oid::regprocedure
    from pg_proc p
   where p.pronamespace = 'apartado'::regnamespace
     and p.prorettype <> 'trigger'::regtype
     and p.prosrc ~ 'insert into apartado\.events'
$$, 'no function tells anything itself');
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga'), tests.item('disc', 4, p_restock => false);
create table tests.seen as select version from apartado.stock;
create function tests.news(p_sql text) returns text language plpgsql as $$
declare
  v_before bigint := (select max(event_id) from apartado.events);
begin
  execute p_sql;
  return (select string_agg(kind, ' ' order by event_id) from apartado.events where event_id > v_before);
end;
$$;
select is(tests.news(p_sql), kinds, p_sql) from (values
  (1, 'select from apartado.reserve(''ana'', apartado.item_id(''disc''), 4)', 'reservation.created'),
  (2, 'select from apartado.reserve(''ben'', apartado.item_id(''disc''), p_if_unavailable => ''queue'')', 'queue.joined'),
  (3, 'select from apartado.leave_queue(''ben'', apartado.item_id(''disc''))', 'queue.left'),
  (4, 'select from apartado.join_queue(''ben'', apartado.item_id(''disc''))', 'queue.joined'),
  (5, 'select from apartado.cancel_reservation(''ana'', tests.reservation(''ana'', ''disc''), 1)', 'reservation.changed queue.promoted reservation.created'),
  (6, 'select from apartado.confirm_reservation(''ana'', tests.reservation(''ana'', ''disc''), 1)', 'reservation.changed purchase.created'),
  (7, 'select from apartado.revoke_reservation(''olga'', tests.reservation(''ben'', ''disc''), ''why'')', 'reservation.revoked'),
  (8, 'select from apartado.adjust_stock(''olga'', apartado.item_id(''disc''), 1, ''found'')', 'stock.changed'),
  (9, 'select from apartado.mark_sold(''olga'', apartado.item_id(''disc''))', 'reservation.changed purchase.created'),
  (10, 'select tests.advance(''168 hours'')', null),
  (11, 'select from apartado.expire_and_promote()', 'reservation.expired'),
  (12, 'update apartado.items set price = 1', 'item.changed'),
  (13, 'select from apartado.grant_operator(''olga'', ''ben'')', 'member.changed'),
  (14, 'select from apartado.revoke_operator(''olga'', ''ben'')', 'member.changed'),
  (15, 'update apartado.members set barred_at = apartado.clock() where alias = ''ben''', 'member.changed'),
  (16, 'select from apartado.sign_in(''zoe'')', 'member.signed_in'),
  (17, 'update apartado.sessions set token_hash = sha256(token_hash)', 'member.token_rotated'),
  (18, 'update apartado.sessions set ended_at = apartado.clock()', 'member.signed_out'),
  (19, 'select from apartado.rotate_secret(''zoe'')', 'member.changed'),
  (20, 'select from apartado.change_settings(''olga'', ''invite'')', 'settings.changed'),
  (21, 'select from apartado.invite_member(''olga'')', 'member.invited'),
  (22, 'select from apartado.create_webhook(''olga'', ''https://shop.example'')', 'webhook.created'),
  (23, 'update apartado.webhooks set paused_at = apartado.clock()', 'webhook.changed'),
  (24, 'delete from apartado.webhooks', 'webhook.deleted'),
  (25, 'select from apartado.put_media(''olga'', ''dam-1'', p_type => ''image'')', 'media.created'),
  (26, 'select from apartado.media m cross join lateral apartado.link_media(''olga'', m.media_id, ''cover'', p_location => ''main'')', 'media.linked'),
  (27, 'update apartado.media_links set place = 2', 'media.linked'),
  (28, 'select from apartado.media m cross join lateral apartado.unlink_media(''olga'', m.media_id, p_location => ''main'')', 'media.unlinked'),
  (29, 'update apartado.media set url = ''https://dam.example''', 'media.changed'),
  (30, 'select from apartado.put_page(''olga'', ''about'', ''legal'')', 'page.created'),
  (31, 'select from apartado.media m cross join lateral apartado.link_media(''olga'', m.media_id, ''hero'', p_page => ''about'')', 'media.linked'),
  (32, 'update apartado.pages set visible = false', 'page.changed'),
  (33, 'select from apartado.delete_page(''olga'', ''about'')', 'page.deleted media.unlinked'),
  (34, 'delete from apartado.media', 'media.deleted')
) v (n, p_sql, kinds) order by n;
select tests.commits();
