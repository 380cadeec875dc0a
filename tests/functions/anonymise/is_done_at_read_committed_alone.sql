set transaction isolation level repeatable read;
select plan(2);
select tests.members('ana'), tests.operator('olga');
select tests.refuses($$select * from apartado.anonymise(null, 'ana', 'asked us to')$$, 'RS312/isolation', 'alias', 'it would not see how they signed in while it waited');
select tests.refuses($$select * from apartado.anonymise(null, 'olga', 'asked us to')$$, 'RS312/isolation', 'alias', 'nor what an operator did');
