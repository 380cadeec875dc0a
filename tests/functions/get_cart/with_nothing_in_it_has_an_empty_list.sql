select plan(1);
select tests.members('ana');
select is(lines, '[]', 'and not null') from apartado.get_cart('ana');
