select plan(1);
select is((
  select string_agg(concat_ws(' ', p.sku, p.outcome, left(p.reason, 5)), ', ' order by p.number)
    from apartado.put_items(null, jsonb_build_array(
           jsonb_build_object('sku', 'person', 'title', 'A', 'images', jsonb_build_array('https://me:secret@img.example/a.jpg')),
           jsonb_build_object('sku', 'quote', 'title', 'B', 'videos', jsonb_build_array('https://video.example/"onload=')),
           jsonb_build_object('sku', 'turned', 'title', 'C', 'videos', jsonb_build_array('https://video.example/' || chr(8238))),
           jsonb_build_object('sku', 'at', 'title', 'D', 'images', jsonb_build_array('https://img.example/@me/a.jpg?x=1#y')))) p), 'person refused RS205, quote refused RS205, turned refused RS205, at inserted', 'an at is fine in a path');
