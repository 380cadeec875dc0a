select plan(26);
select tests.members('ana');
select tests.refuses(format('select * from apartado.change_profile(''ana'', %L)', 'a' || chr(c) || 'b'), 'RS205', 'display_name', 'U+' || to_hex(c))
  from unnest('{1,9,10,13,27,127,133,173,1564,8203,8206,8232,8238,8288,8297,10240,12644,65279,917569}'::integer[]) c;
select tests.refuses(format('select * from apartado.change_profile(''ana'', %L)', n), 'RS205', 'display_name', d)
  from (values (chr(65039), 'a mark on nothing'), (chr(769) || 'a', 'an accent on nothing'), ('a' || repeat(chr(820), 9), 'a tower of accents')) v (n, d);
select tests.refuses($$select * from apartado.change_profile('ana', repeat('n', 51))$$, 'RS205', 'display_name', '51 characters');
select is(length(display_name), 50, '50 are a name') from apartado.change_profile('ana', repeat('ñ', 50));
select is(tests.detail_of(format('select * from apartado.change_profile(''ana'', %L)', n)), d, 'says which of the two: ' || d)
  from (values ('a' || chr(8238) || 'b', 'expected: characters that are seen, in the order in which they are written'), (repeat('n', 51), 'longest: 50')) v (n, d);
