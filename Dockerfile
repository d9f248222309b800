#     docker build -t fauxsphere .
#     docker run --rm -p 8989:8989 fauxsphere --seed physical-lab
#     docker run --rm -p 8989:8989 -v fauxsphere:/data fauxsphere --data /data
FROM node:22-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# What the package holds is what the image holds, with the dependencies that it needs to run.
RUN npm pack --silent \
 && mkdir /app \
 && tar -xzf fauxsphere-*.tgz -C /app --strip-components=1 \
 && npm prune --omit=dev --no-audit --no-fund \
 && mv node_modules /app/

FROM node:22-slim
WORKDIR /app
COPY --from=build /app ./
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production FAUXSPHERE_HOST=0.0.0.0 FAUXSPHERE_WRITE_ENV=/tmp/fauxsphere.env
USER node
EXPOSE 8989
# Asks where the server says that it is, whatever port it was given and whether it speaks TLS.
HEALTHCHECK --interval=5s --start-period=5s CMD ["node", "--env-file=/tmp/fauxsphere.env", "-e", "const url = process.env.FAUXSPHERE_URL; require(url.split(':')[0]).get(url + '/readyz', { rejectUnauthorized: false }, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
