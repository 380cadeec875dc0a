select plan(4);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2), tests.item('tape', 1);
update apartado.policies set fit = 'partial';

select is(string_agg(concat_ws(' ', coalesce(position::text, 'none'), queue_length), ', ' order by item_id), 'none 0, none 0', 'partial: there is no place where no waiting is')
  from apartado.join_any('ana', array[apartado.item_id('disc'), apartado.item_id('tape')], 3, 'main');
select is(concat_ws(' / ', tests.holders('disc'), tests.holders('tape')), 'ana 2 / nobody', 'the first of them is hers, less than she wants');
select is(concat_ws(' / ', tests.line('disc'), tests.line('tape')), 'nobody / nobody', 'and her wish is fulfilled');
select tests.commits();
