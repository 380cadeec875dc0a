select plan(3);
select is(apartado._url_encoded('Az09-._~'), 'Az09-._~', 'as they are');
select is(apartado._url_encoded(E'a b\n&?=%#+/€😀'), 'a%20b%0A%26%3F%3D%25%23%2B%2F%E2%82%AC%F0%9F%98%80', 'everything else, byte by byte');
select is(apartado._url_encoded(null), null);
