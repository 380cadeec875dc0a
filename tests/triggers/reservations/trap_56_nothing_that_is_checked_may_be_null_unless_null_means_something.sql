select plan(1);
select is((select array_agg(distinct c.conrelid::regclass || '.' || a.attname order by c.conrelid::regclass || '.' || a.attname)
             from pg_constraint c
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
            where c.connamespace = 'apartado'::regnamespace and c.contype = 'c' and not a.attnotnull
              and c.conrelid::regclass::text ~ '^apartado.(stock|reservations|queue_entries|purchases|events|members|sessions|attempts|bootstrap_secrets|settings|invitations|policies|drops|waves|wishes|member_classes|queue_blocks|locations|items|jobs|idempotency_keys|messages|stock_tallies|event_cursor|currencies|carts|cart_lines|orders|order_lines|walk_in_queues|walk_in_entries|media|media_links|pages|page_sections)$'),
  '{apartado.bootstrap_secrets.used_at,apartado.bootstrap_secrets.used_by,'
  'apartado.cart_lines.left_at,apartado.cart_lines.reason,apartado.cart_lines.reservation_id,apartado.cart_lines.told_state,'
  'apartado.carts.closed_at,apartado.carts.device_hash,apartado.carts.member_id,apartado.carts.merged_into,'
  'apartado.invitations.used_at,apartado.invitations.used_by,apartado.items.cms_id,apartado.items.parent,apartado.items.price,apartado.items.year,apartado.locations.phone,'
  'apartado.media.asset_id,apartado.media.description,apartado.media.url,apartado.media_links.item_id,apartado.media_links.location_id,apartado.media_links.member_id,apartado.media_links.page_id,'
  'apartado.members.anonymised_at,apartado.members.avatar,apartado.members.barred_at,apartado.members.barred_reason,apartado.members.display_name,'
  'apartado.order_lines.price,apartado.orders.reference,'
  'apartado.page_sections.cms_id,apartado.page_sections.seo_description,apartado.page_sections.seo_title,'
  'apartado.pages.cms_id,apartado.pages.seo_description,apartado.pages.seo_title,'
  'apartado.policies.active_limit,apartado.policies.cart,apartado.policies.drop_limit,apartado.policies.expiring_soon,apartado.policies.extend_while_wanted,apartado.policies.extension_limit,'
  'apartado.policies.extension_total,apartado.policies.fit,apartado.policies.hide_sold,apartado.policies.hold,apartado.policies.hold_cap,apartado.policies.item_limit,'
  'apartado.policies.late_confirm,apartado.policies.low_stock,apartado.policies.missed,apartado.policies.offer_window,apartado.policies.paranoia,'
  'apartado.policies.passed_limit,apartado.policies.payment_window,apartado.policies.priority,apartado.policies.promotion,apartado.policies.queue_limit,'
  'apartado.purchases.notes,apartado.purchases.price,apartado.purchases.reference,apartado.purchases.undo_reason,apartado.purchases.undone_at,'
  'apartado.queue_entries.closed_at,apartado.queue_entries.needed_until,'
  'apartado.queue_entries.offered_quantity,apartado.queue_entries.offered_until,apartado.reservations.closed_at,apartado.reservations.price,apartado.sessions.device_name,apartado.walk_in_entries.closed_at}'::text[],
  'these may be null, because null says something (not priced, not closed, not used, always needed, not offered, left to the next policy, not said, not set aside, of nobody known, in no CMS, of no family, at something else, nobody was told, for no reason that was kept); no other');
