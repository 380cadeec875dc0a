select plan(4);
select tests.operator('olga'), tests.members('ana');
select from apartado.put_page('olga', 'b', 'story') a, apartado.put_page('olga', 'c', 'story', p_visible => false) b, apartado.put_page('olga', 'a/z', 'legal') c;
select is(string_agg(slug, ' '), 'a/z b', 'those that are visible') from apartado.list_pages('ana');
select is(string_agg(slug, ' '), 'a/z b c', 'all, to operators') from apartado.list_pages('olga');
select is(string_agg(slug, ' '), 'b c', 'of one kind') from apartado.list_pages('olga', 'story');
select is_empty($$select * from apartado.list_pages(null, 'none')$$, 'of none');
