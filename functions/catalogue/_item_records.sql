-- _item_records: items with all that belongs to them.
--
-- Gives   one row for each item that is there: the fields of put_items, as put_items reads them
-- Notes   to_jsonb of a row is the form in which put_items compares what is with what is wanted
create or replace function apartado._item_records(p_item_ids bigint[])
  returns table (
    item_id          bigint,
    sku              text,
    title            text,
    price            numeric,
    currency         text,
    condition        text,
    sleeve_condition text,
    artists          jsonb,
    labels           jsonb,
    styles           text[],
    genres           text[],
    year             integer,
    country          text,
    tracklist        jsonb,
    videos           jsonb,
    images           jsonb,
    notes            text,
    admin_notes      text,
    visible          boolean,
    for_sale         boolean,
    needs_audio      boolean,
    policy           text,
    parent           text,
    cms_id           text
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select i.item_id, i.sku, i.title, i.price, i.currency, i.condition, i.sleeve_condition,
         coalesce((select jsonb_agg(jsonb_build_object('name', a.name) order by a.ordinal)
                     from apartado.item_artists a
                    where a.item_id = i.item_id), '[]'),
         coalesce((select jsonb_agg(jsonb_build_object('name', l.name, 'catno', l.catno) order by l.ordinal)
                     from apartado.item_labels l
                    where l.item_id = i.item_id), '[]'),
         i.styles, i.genres, i.year, i.country,
         coalesce((select jsonb_agg(jsonb_build_object('position', t.position, 'title', t.title, 'duration', t.duration) order by t.ordinal)
                     from apartado.item_tracks t
                    where t.item_id = i.item_id), '[]'),
         coalesce((select jsonb_agg(jsonb_build_object('url', v.url, 'title', v.title) order by v.ordinal)
                     from apartado.item_videos v
                    where v.item_id = i.item_id), '[]'),
         coalesce((select jsonb_agg(jsonb_build_object('url', p.url, 'role', p.role) order by p.ordinal)
                     from apartado.item_images p
                    where p.item_id = i.item_id), '[]'),
         i.notes, i.admin_notes, i.visible, i.for_sale, i.needs_audio,
         (select c.name from apartado.policies c where c.policy_id = i.policy_id),
         i.parent, i.cms_id
    from apartado.items i
   where i.item_id = any (p_item_ids);
$$;

comment on function apartado._item_records(bigint[]) is 'Items with all that belongs to them.';
