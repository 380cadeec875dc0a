select plan(6);
select tests.operator('olga'), tests.members('ana');
create temporary table p as select * from apartado.put_page('olga', 'about', 'legal', 'About us', p_sections => '[{"slug": "hours", "type": "text"}]');
select from apartado.put_page('olga', 'secret', 'legal', p_visible => false);
select results_eq($$select * from apartado.get_page(null, 'about')$$, 'select * from p', 'to everybody as it was put');
select tests.refuses(format('select * from apartado.get_page(%L, %L)', viewer, slug), 'RS312/missing', 'slug', concat(viewer, ' asks for ', slug)) from (values (null, 'secret'), ('ana', 'secret'), ('ana', 'none')) v (viewer, slug);
select is(visible, false, 'hidden ones to operators') from apartado.get_page('olga', 'secret');
select tests.refuses('select * from apartado.get_page(null, null)', 'RS312/missing', 'slug', 'null');
