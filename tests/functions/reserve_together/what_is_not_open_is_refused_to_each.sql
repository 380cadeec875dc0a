select plan(4);
select tests.members('ana', 'ben'), tests.item('soon', 9), tests.item('over', 9), tests.item('hidden', 9, p_visible => false), tests.item('shown', 9, p_for_sale => false);
select tests.drop_of('1 hour', '2 hours', 'soon'), tests.drop_of('-2 hours', '-1 hour', 'over');
select is(tests.together(f.sku, 'ana', 'ben'), f.said, f.sku)
  from (values ('soon', '1 RS307, 2 RS307'), ('over', '1 RS308, 2 RS308'), ('hidden', '1 RS101, 2 RS101'), ('shown', '1 RS309, 2 RS309')) f (sku, said);
