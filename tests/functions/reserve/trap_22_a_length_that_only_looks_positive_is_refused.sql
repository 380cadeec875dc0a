select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2), tests.held('disc', 'ben');
-- a year counts 360 days where lengths are compared, and 365.25 days in seconds
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '-1 year 361 days')$$, 'RS203', 'ttl', 'of a reservation');
select tests.refuses($$select * from apartado.extend_reservation('ben', tests.reservation('ben', 'disc'), '-1 year 361 days')$$, 'RS203', 'by', 'of an extension');
select tests.commits();
