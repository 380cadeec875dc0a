select plan(1);
select tests.item('bare');
select results_eq(
  $$select unnest(array[artists, labels, tracklist, videos, images]) from apartado.get_item(null, apartado.item_id('bare'))$$,
  $$select '[]'::jsonb from generate_series(1, 5)$$, 'never null');
