/// The one script we serve: it makes the calls of the reference page try themselves. Without it the page
/// reads the same. What is typed stays in the page: the token is kept nowhere and sent nowhere but to this
/// host.
enum PageScript {
    static let source: StaticString = """
        'use strict';
        for (const hidden of document.querySelectorAll('[data-needs-script]')) hidden.hidden = false;
        const token = document.getElementById('token');
        const pretty = text => {
          try { return JSON.stringify(JSON.parse(text), null, 2) } catch { return text }
        };
        const call = form => {
          let path = form.dataset.path;
          const query = new URLSearchParams(), headers = {Accept: 'application/json'};
          const options = {method: form.dataset.method, headers};
          for (const {name, value, dataset} of form.elements) {
            if (value === '' || !dataset.place) continue;
            if (dataset.place === 'path') path = path.replace('{' + name + '}', encodeURIComponent(value));
            if (dataset.place === 'query') query.append(name, value);
            if (dataset.place === 'header') headers[name] = value;
            if (dataset.place === 'body') {
              options.body = value;
              headers['Content-Type'] = 'application/json';
            }
          }
          if (token.value) headers.Authorization = 'Bearer ' + token.value.trim();
          return fetch(path + (query.size ? '?' + query : ''), options);
        };
        document.addEventListener('submit', async event => {
          event.preventDefault();
          const form = event.target;
          if (!form.matches('form.try')) return;
          const result = form.querySelector('output');
          result.textContent = 'Asking …';
          const started = performance.now();
          try {
            const answer = await call(form);
            const text = await answer.text();
            const spent = Math.round(performance.now() - started);
            result.textContent = answer.status + ' in ' + spent + ' ms\\n' + pretty(text);
          } catch (failure) {
            result.textContent = 'No answer: ' + failure.message;
          }
        });
        const openNamed = () => {
          const named = location.hash && document.getElementById(location.hash.slice(1));
          if (named && named.tagName === 'DETAILS') named.open = true;
        };
        addEventListener('hashchange', openNamed);
        addEventListener('beforeprint', () => {
          for (const part of document.querySelectorAll('details')) part.open = true;
        });
        openNamed();
        """
}
