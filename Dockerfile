FROM node:22-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-slim
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE /build/NOTICE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY --from=build /build/seeds seeds
COPY --from=build /build/openapi openapi
COPY --from=build /build/examples examples
ENV FAUXSPHERE_HOST=0.0.0.0
USER node
EXPOSE 8989
HEALTHCHECK --interval=5s --start-period=5s CMD ["node", "-e", "require('https').get({ port: 8989, path: '/readyz', rejectUnauthorized: false }, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
