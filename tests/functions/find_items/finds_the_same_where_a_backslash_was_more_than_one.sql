select plan(3);
select tests.members('ana'), tests.operator('olga');
set local escape_string_warning = off;
set local standard_conforming_strings = off;
select from apartado.put_items(null, '[{"sku": "disc", "title": "Bitches Brew", "artists": ["Miles Davis"]}]');
select from apartado.change_profile('ana', 'Miss  Sass');
create temporary table seen as
select (select string_agg(f.sku, ' ') from apartado.find_items(null, 'miles', p_artist => 'miles davis') f) as found,
       (select w.display_name from apartado.who_am_i('ana') w) as called;
set local standard_conforming_strings = on;
select is((select found from seen), 'disc', 'by word and by artist');
select is((select count(*) from apartado.find_items(null, p_artist => 'Miles Davis')), 1::bigint, 'what it wrote is found from elsewhere');
select is((select called from seen), 'Miss  Sass', 'a name');
